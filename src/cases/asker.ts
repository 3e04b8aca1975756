import { emailKey, loginIdKey } from '../identity/login-id.js';

/** Who stands behind a case, as they wrote it. */
export interface Asker {
  name: string;
  corporationName: string;
  email: string;
  /** These two of an applicant whose details are sealed. */
  kana?: string;
  login?: string;
}

const NOBODY: Asker = { name: '', corporationName: '', email: '' };

/** The columns by which the desk finds a case. */
export function keptOfAsker(asker = NOBODY) {
  const { name, corporationName, email, kana = '', login = '' } = asker;
  return {
    askerName: name,
    askerCompany: corporationName,
    askerEmailKey: emailKey(email),
    askerKana: kana,
    askerLoginKey: loginIdKey(login),
  };
}
