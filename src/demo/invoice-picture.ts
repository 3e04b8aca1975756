import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';
import type { DemoCompany } from './demo-companies.js';

const SAMPLE = {
  name: '見本商事株式会社',
  corporateNumber: '1234567',
  transferAccountNumber: '0012345',
};

/** The sample invoice of the help texts, with a demo company's name and numbers on it. */
export function invoicePicture(company: DemoCompany): string {
  return readFileSync(join(root, 'static/invoice.svg'), 'utf8')
    .replaceAll(SAMPLE.name, company.name)
    .replaceAll(SAMPLE.corporateNumber, company.corporateNumber)
    .replaceAll(SAMPLE.transferAccountNumber, company.transferAccountNumber);
}
