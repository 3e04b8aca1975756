import { BadRequestException } from '@nestjs/common';

const LONGEST = 200;

/** Nothing that the visitor typed is wrong: the operator's proxy writes what is no address. */
export class ClientUnknown extends BadRequestException {
  /** @param proxy its address; @param forwarded the text of its header */
  constructor(proxy: string, forwarded = '') {
    super(
      `The trusted proxy ${proxy} forwarded what is no address: ${JSON.stringify(forwarded.slice(0, LONGEST))}`,
    );
  }
}
