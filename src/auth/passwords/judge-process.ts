/**
 * A process of its own, at the lowest priority, that judges new passwords: that may take 0.8 seconds
 * of a core, and must never take the place of a sign-in. It imports nothing of ours, because it runs
 * from the sources in tests and from the build otherwise.
 */
import { setPriority } from 'node:os';

export interface JudgeRequest {
  id: string;
  act: 'guesses';
  password: string;
  known: string[];
}

const LONGEST_JUDGED = 32;

process.on('message', (request: JudgeRequest) => void answer(request));
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
setPriority(19);

async function answer({ id, password, known }: JudgeRequest): Promise<void> {
  try {
    tell({ id, result: await guesses(password, known) });
  } catch (error) {
    tell({ id, fault: (error as Error).message });
  }
}

/** Where whoever asked is gone, this process goes as well. */
function tell(answer: object): void {
  process.send?.(answer, undefined, undefined, (fault) => {
    if (fault) process.exit(0);
  });
}

/** How many guesses an informed attacker needs, as a power of ten. The word lists load on first use. */
async function guesses(password: string, known: string[]): Promise<number> {
  const factory = await (estimator ??= loadEstimator());
  // Its time grows steeply with the length, and what is guessed soon is guessed by its beginning.
  const words = known.map((word) => word.slice(0, LONGEST_JUDGED));
  return factory.check(password.slice(0, LONGEST_JUDGED), words).guessesLog10;
}

let estimator: ReturnType<typeof loadEstimator> | undefined;

async function loadEstimator() {
  const [core, common, japanese] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-ja'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...japanese.dictionary },
    graphs: common.adjacencyGraphs,
  });
}
