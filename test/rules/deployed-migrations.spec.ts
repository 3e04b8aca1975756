import { parse, parseAllDocuments } from 'yaml';
import { contentOf } from '../support/sentences.js';

interface Container {
  image: string;
  command?: string[];
  [setting: string]: unknown;
}

interface Workload {
  kind: string;
  spec: { template: { spec: { initContainers: Container[]; containers: Container[] } } };
}

/** A start listens after its migrations: whatever asks for its health would end a long one. */
describe('migrations run before anybody asks for health', () => {
  it('in compose.yaml, by a service of its own', () => {
    const { services } = parse(contentOf('compose.yaml'), { merge: true }) as {
      services: Record<string, Record<string, unknown>>;
    };
    const { migrate, 'app-1': app } = services;
    expect(migrate).toMatchObject({
      image: app!.image,
      environment: app!.environment,
      command: ['genkan', 'migrate'],
      healthcheck: { disable: true },
      depends_on: { database: { condition: 'service_healthy' } },
    });
    expect(app!.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
  });

  it('in the manifests, with the same rights and settings', () => {
    const workload = parseAllDocuments(contentOf('deploy/kubernetes/genkan.yaml'))
      .map((document) => document.toJS() as Workload)
      .find(({ kind }) => kind === 'Deployment')!;
    const { initContainers, containers } = workload.spec.template.spec;
    expect(initContainers).toHaveLength(1);
    const [migrate] = initContainers;
    const { image, envFrom, securityContext, volumeMounts } = containers[0]!;
    expect(migrate).toMatchObject({ command: ['genkan', 'migrate'], image });
    expect(migrate).toMatchObject({ envFrom, securityContext, volumeMounts });
    expect(Object.keys(migrate!).filter((name) => name.endsWith('Probe'))).toEqual([]);
  });

  it('under systemd, for which a start is over as soon as the program runs', () => {
    const unit = contentOf('deploy/genkan.service');
    expect(unit).toMatch(/^Type=exec$/m);
    expect(unit).not.toMatch(/^ExecStartPre=/m);
  });
});
