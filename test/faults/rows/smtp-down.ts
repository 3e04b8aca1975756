import { smtpTrouble } from '../smtp-trouble.js';

export const fault = smtpTrouble('down');
