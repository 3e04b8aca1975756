import { Injectable } from '@nestjs/common';

/** The process was told to stop: it works on, and asks balancers to send nothing new. */
@Injectable()
export class Drain {
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  begin(): void {
    this.#hasBegun = true;
  }
}
