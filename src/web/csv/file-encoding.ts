const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Tells UTF-8 from Windows-31J (what Excel in Japan calls Shift_JIS) by all bytes of a file, in one
 * piece or in many. Cuts in the middle of a character make UTF-8 invalid, and then it decodes as
 * Windows-31J, to nonsense: damaged UTF-8 is recognised by how little of it is broken.
 */
export class FileEncoding {
  readonly #strict = new TextDecoder('utf-8', { fatal: true });
  readonly #lenient = new TextDecoder();
  readonly #first: number[] = [];
  #isValid = true;
  #broken = 0;
  #whole = 0;

  add(bytes: Uint8Array): void {
    if (this.#first.length < BYTE_ORDER_MARK.length)
      this.#first.push(...bytes.subarray(0, BYTE_ORDER_MARK.length - this.#first.length));
    this.#try(() => this.#strict.decode(bytes, { stream: true }));
    this.#count(this.#lenient.decode(bytes, { stream: true }));
  }

  /** After the last bytes. */
  end(): 'utf-8' | 'cp932' {
    this.#try(() => this.#strict.decode());
    this.#count(this.#lenient.decode());
    const marked = BYTE_ORDER_MARK.every((byte, place) => this.#first[place] === byte);
    return this.#isValid || marked || this.#whole > 10 * this.#broken ? 'utf-8' : 'cp932';
  }

  #try(decode: () => string): void {
    if (!this.#isValid) return;
    try {
      decode();
    } catch {
      this.#isValid = false;
    }
  }

  #count(text: string): void {
    this.#broken += text.length - text.replace(/\uFFFD/g, '').length;
    this.#whole += text.length - text.replace(/[\u0080-\uFFFC]/g, '').length;
  }
}
