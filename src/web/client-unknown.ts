import { BadRequestException } from '@nestjs/common';

/** Nothing that the visitor typed is wrong: the operator's proxy writes what is no address. */
export class ClientUnknown extends BadRequestException {
  constructor() {
    super('A trusted proxy forwarded something that is no address');
  }
}
