/** Rows of one statement, which may take four seconds and takes a small part of one, also where others work. */
const BATCH = 250;

export async function inBatches<Given, Written>(
  given: Given[],
  write: (batch: Given[]) => Promise<Written[]>,
): Promise<Written[]> {
  const written: Written[] = [];
  for (let from = 0; from < given.length; from += BATCH)
    written.push(...(await write(given.slice(from, from + BATCH))));
  return written;
}
