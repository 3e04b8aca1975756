import { parse as parseYaml } from 'yaml';
import { contentOf } from './sentences.js';

interface Panel {
  title: string;
  type: string;
  targets?: { expr: string }[];
}

export function expressionsOfDashboard(): string[] {
  const { panels } = JSON.parse(contentOf('docs/monitoring/grafana-dashboard.json')) as {
    panels: Panel[];
  };
  return panels
    .filter(({ type }) => type !== 'row')
    .flatMap(({ title, targets }) => {
      expect([title, targets?.length]).not.toContain(undefined);
      return targets!.map(({ expr }) => expr);
    });
}

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string };
}

export function expressionsOfAlerts(): string[] {
  const { groups } = parseYaml(contentOf('docs/monitoring/alerts.yaml'), { strict: true }) as {
    groups: { name: string; rules: Rule[] }[];
  };
  return groups.flatMap(({ rules }) =>
    rules.map(({ alert, expr, labels, annotations }) => {
      expect(alert).toMatch(/^Genkan[A-Z]/);
      expect(['page', 'warning']).toContain(labels.severity);
      expect(annotations.summary).not.toBe('');
      return expr;
    }),
  );
}
