import { smtpTrouble } from '../smtp-trouble.js';

export const fault = smtpTrouble('535');
