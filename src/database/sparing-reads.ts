import { EntityManager } from '@mikro-orm/postgresql';

type Prepare = EntityManager['prepareOptions'];

/**
 * Refreshes where there is something to refresh. To refresh, MikroORM asks for each relation twice:
 * it joins it, and loads it again.
 */
export class SparingReads extends EntityManager {
  protected override prepareOptions<Options extends Parameters<Prepare>[0]>(
    options: Options,
  ): Options {
    const prepared = super.prepareOptions(options);
    if (!('refresh' in prepared) || !prepared.refresh || this.#holdsSomething) return prepared;
    return { ...prepared, refresh: false };
  }

  get #holdsSomething(): boolean {
    const unitOfWork = this.getUnitOfWork(false);
    const [first] = unitOfWork.getIdentityMap();
    return first !== undefined || unitOfWork.getPersistStack().size > 0;
  }
}
