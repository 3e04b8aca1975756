import type { Sentence } from './sentence.js';

export interface Stepper {
  steps: { label: Sentence; current: boolean; done: boolean }[];
  position: number;
  total: number;
}

/** The model of the partial `stepper`. @param here the place of the page, from 0 */
export function stepper(labels: Sentence[], here: number): Stepper {
  const steps = labels.map((label, place) => ({
    label,
    current: place === here,
    done: place < here,
  }));
  return { steps, position: here + 1, total: labels.length };
}
