/**
 * What the manifests may say, after the API reference of Kubernetes 1.34: every key that they use, with
 * the type of its value. A key that is not here is a slip of the pen, or is to be added.
 */
const MAP = { '*': 'string' } as const;
const METADATA = { name: 'string', labels: MAP };
const LABELS = { matchLabels: MAP };
const PROBE = {
  httpGet: { path: 'string', port: 'string' },
  periodSeconds: 'number',
  timeoutSeconds: 'number',
  failureThreshold: 'number',
};
const CONTAINER = {
  name: 'string',
  image: 'string',
  command: ['string'],
  ports: [{ name: 'string', containerPort: 'number' }],
  envFrom: [{ configMapRef: { name: 'string' } }],
  securityContext: {
    allowPrivilegeEscalation: 'boolean',
    readOnlyRootFilesystem: 'boolean',
    capabilities: { drop: ['string'] },
  },
  resources: {
    requests: { cpu: 'string', memory: 'string' },
    limits: { cpu: 'string', memory: 'string' },
  },
  volumeMounts: [{ name: 'string', mountPath: 'string', readOnly: 'boolean' }],
  startupProbe: PROBE,
  livenessProbe: PROBE,
  readinessProbe: PROBE,
};
const POD = {
  automountServiceAccountToken: 'boolean',
  enableServiceLinks: 'boolean',
  terminationGracePeriodSeconds: 'number',
  securityContext: {
    runAsNonRoot: 'boolean',
    runAsUser: 'number',
    runAsGroup: 'number',
    fsGroup: 'number',
    seccompProfile: { type: 'string' },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 'number',
      topologyKey: 'string',
      whenUnsatisfiable: 'string',
      labelSelector: LABELS,
    },
  ],
  initContainers: [CONTAINER],
  containers: [CONTAINER],
  volumes: [
    {
      name: 'string',
      secret: { secretName: 'string', defaultMode: 'number' },
      emptyDir: { medium: 'string', sizeLimit: 'string' },
    },
  ],
};

type Shape = string | readonly Shape[] | { readonly [key: string]: Shape };

const KINDS: Record<string, Shape> = {
  ConfigMap: { data: MAP },
  Deployment: {
    spec: {
      replicas: 'number',
      revisionHistoryLimit: 'number',
      strategy: {
        type: 'string',
        rollingUpdate: { maxSurge: 'number', maxUnavailable: 'number' },
      },
      selector: LABELS,
      template: { metadata: { labels: MAP }, spec: POD },
    },
  },
  Service: {
    spec: { selector: MAP, ports: [{ name: 'string', port: 'number', targetPort: 'string' }] },
  },
  PodDisruptionBudget: { spec: { minAvailable: 'number', selector: LABELS } },
  Ingress: {
    spec: {
      tls: [{ hosts: ['string'], secretName: 'string' }],
      rules: [
        {
          host: 'string',
          http: {
            paths: [
              {
                path: 'string',
                pathType: 'string',
                backend: { service: { name: 'string', port: { name: 'string' } } },
              },
            ],
          },
        },
      ],
    },
  },
};

/** Where a manifest says what its kind does not know, or with a value of another type. */
export function unknownIn(manifest: { kind: string }): string[] {
  const shape = { apiVersion: 'string', kind: 'string', metadata: METADATA };
  return differences(manifest, { ...shape, ...(KINDS[manifest.kind] as object) }, manifest.kind);
}

function differences(value: unknown, shape: Shape | undefined, path: string): string[] {
  if (shape === undefined) return [`${path}: unknown`];
  if (typeof shape === 'string')
    return typeof value === shape ? [] : [`${path}: ${typeof value} in place of ${shape}`];
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path}: no list`];
    return value.flatMap((item, place) => differences(item, shape[0], `${path}[${place}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${path}: no object`];
  return Object.entries(value).flatMap(([key, inner]) =>
    differences(inner, shape[key] ?? shape['*'], `${path}.${key}`),
  );
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape);
}
