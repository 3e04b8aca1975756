import { PayloadTooLargeException } from '@nestjs/common';

/** A form with a chosen file is too large: almost always because of the file. */
export class FileTooLarge extends PayloadTooLargeException {
  constructor(
    /** As the browser calls it; empty when none is named. */
    readonly fileName: string,
    readonly kilobytes: number,
  ) {
    super('The file is too large');
  }
}
