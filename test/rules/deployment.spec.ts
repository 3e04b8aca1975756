import { spawnSync } from 'node:child_process';
import { parse, parseAllDocuments } from 'yaml';
import { ConfigError, readConfig } from '../../src/read-config.js';
import { unknownIn } from '../support/kubernetes-schema.js';
import { contentOf } from '../support/sentences.js';

type Variables = Record<string, string>;

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels: Variables };
  data?: Variables;
  spec?: Record<string, unknown>;
}

const version = (JSON.parse(contentOf('package.json')) as { version: string }).version;
const compose = parse(contentOf('compose.yaml'), { merge: true }) as {
  services: Record<string, { image?: string; environment?: Variables; depends_on?: object }>;
};
const manifests = parseAllDocuments(contentOf('deploy/kubernetes/genkan.yaml')).map((document) => {
  expect(document.errors).toEqual([]);
  return document.toJS() as Manifest;
});
const ofKind = (kind: string) => manifests.find((manifest) => manifest.kind === kind)!;

const sample = Object.fromEntries(
  contentOf('deploy/environment.sample')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);
const unit = contentOf('deploy/genkan.service');

/** What the unit adds to the sample. */
const ofUnit = Object.fromEntries(
  /^Environment=(.*)$/m
    .exec(unit)![1]!
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
);

const environments: [string, Variables][] = [
  ['compose.yaml', compose.services['app-1']!.environment!],
  ['deploy/kubernetes/genkan.yaml', ofKind('ConfigMap').data!],
  ['deploy/environment.sample', { ...sample, ...ofUnit }],
];

/** Every name that the configuration asks for. */
function known(): Set<string> {
  const names = new Set<string>(['NODE_ENV']);
  const asking = new Proxy<Variables>({}, { get: (_, name: string) => void names.add(name) });
  try {
    readConfig(asking);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
  return names;
}

/** The same with secrets instead of the files that are on the other machine only. */
function withSecrets(given: Variables): Variables {
  const { SECRET_KEY_FILE, DATABASE_URL_FILE, ...others } = given;
  expect([SECRET_KEY_FILE, DATABASE_URL_FILE].every(Boolean)).toBe(true);
  return {
    ...others,
    SECRET_KEY: 'x'.repeat(32),
    DATABASE_URL: 'postgres://genkan@database/genkan',
  };
}

describe.each(environments)('the variables of %s', (_, given) => {
  it('are known', () => {
    const names = known();
    expect(Object.keys(given).filter((name) => !names.has(name))).toEqual([]);
  });

  it('are complete and right', () => {
    expect(readConfig(withSecrets(given)).embedded).toBe(false);
  });
});

describe('compose.yaml', () => {
  it('runs two equal instances, and the proxy asks both whether they are ready', () => {
    expect(compose.services['app-2']).toEqual(compose.services['app-1']);
    expect(compose.services['app-1']!.image).toBe(`genkan:${version}`);
    const proxy = contentOf('deploy/Caddyfile');
    expect(proxy).toContain('reverse_proxy app-1:3000 app-2:3000');
    expect(proxy).toContain('health_uri /health/ready');
  });
});

describe('the manifests', () => {
  const pods = ofKind('Deployment').spec as {
    replicas: number;
    strategy: { rollingUpdate: { maxUnavailable: number } };
    selector: { matchLabels: Variables };
    template: { metadata: { labels: Variables }; spec: Record<string, unknown> };
  };
  const pod = pods.template.spec as {
    securityContext: { runAsNonRoot: boolean };
    containers: Record<string, never>[];
    volumes: { name: string; secret?: { secretName: string } }[];
  };
  const container = pod.containers[0] as unknown as {
    image: string;
    ports: { name: string; containerPort: number }[];
    envFrom: { configMapRef: { name: string } }[];
    securityContext: object;
    volumeMounts: { name: string; mountPath: string }[];
    [probe: string]: unknown;
  };

  it('are of kinds and versions that clusters know', () => {
    expect(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'v1 ConfigMap',
      'apps/v1 Deployment',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
      'networking.k8s.io/v1 Ingress',
    ]);
    for (const { metadata } of manifests) expect(metadata.name).toBe('genkan');
  });

  it('say nothing that their kinds do not know', () => {
    expect(manifests.flatMap(unknownIn)).toEqual([]);
    const deployment = ofKind('Deployment');
    const slip = { ...deployment, spec: { ...deployment.spec, stratgy: {}, replicas: '2' } };
    expect(unknownIn(slip)).toEqual([
      'Deployment.spec.replicas: string in place of number',
      'Deployment.spec.stratgy: unknown',
    ]);
  });

  it('keep one of two instances at work while the other is replaced', () => {
    expect(pods.replicas).toBe(2);
    expect(pods.strategy.rollingUpdate.maxUnavailable).toBe(0);
    expect(container.image).toBe(`genkan:${version}`);
  });

  it('select what they label', () => {
    const { labels } = pods.template.metadata;
    const selectors = [
      pods.selector.matchLabels,
      ofKind('Service').spec!.selector,
      (ofKind('PodDisruptionBudget').spec!.selector as typeof pods.selector).matchLabels,
    ];
    for (const selector of selectors) expect(labels).toEqual(selector);
  });

  it('ask the health of the port that is listened on', () => {
    expect(container.ports).toEqual([{ name: 'http', containerPort: readConfig({}).port }]);
    const paths = ['startupProbe', 'livenessProbe', 'readinessProbe'].map(
      (name) => container[name],
    );
    expect(paths).toMatchObject([
      { httpGet: { path: '/health/live', port: 'http' } },
      { httpGet: { path: '/health/live', port: 'http' } },
      { httpGet: { path: '/health/ready', port: 'http' } },
    ]);
  });

  it('mount the secrets where the variables say', () => {
    const { data } = ofKind('ConfigMap');
    const mounted = container.volumeMounts.find(({ name }) => name === 'secrets')!.mountPath;
    for (const file of [data!.SECRET_KEY_FILE, data!.DATABASE_URL_FILE])
      expect(file).toMatch(new RegExp(`^${mounted}/`));
    expect(container.envFrom).toEqual([{ configMapRef: { name: 'genkan' } }]);
    expect(pod.volumes.find(({ name }) => name === 'secrets')!.secret!.secretName).toBe('genkan');
  });

  it('allow nothing that is not needed', () => {
    expect(pod.securityContext.runAsNonRoot).toBe(true);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});

describe('the unit', () => {
  it('starts the program of the image, and takes its secrets as credentials', () => {
    const [, command] = /^ExecStart=\/usr\/bin\/(.*)$/m.exec(unit)!;
    const inImage = /^CMD (\[.*\])$/m.exec(contentOf('Dockerfile'))![1]!;
    expect(command).toBe((JSON.parse(inImage) as string[]).join(' '));
    expect(unit).toMatch(/^LoadCredential=secret-key:/m);
  });

  it('is exposed little, as systemd itself judges where it is', () => {
    const args = ['security', '--offline=true', '--no-pager', 'deploy/genkan.service'];
    const judged = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    const [, level = '0'] =
      /exposure level for genkan\.service: ([\d.]+)/.exec(judged.stdout) ?? [];
    expect(Number(level)).toBeLessThan(3);
  });
});
