/** Imported before the application: its clock goes wrong by so many hours. */
const offset = Number(process.env.CLOCK_OFFSET_HOURS) * 3_600_000;
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }

  static now() {
    return RealDate.now() + offset;
  }
};
