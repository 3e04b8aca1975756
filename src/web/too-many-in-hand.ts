import { ServiceUnavailableException } from '@nestjs/common';

/** Files that the same person sends or receives are not over yet. */
export class TooManyInHand extends ServiceUnavailableException {
  constructor() {
    super('Too many files of the person are sent or received');
  }
}
