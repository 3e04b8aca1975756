import { CompaniesAndPeople001 } from './001-companies-and-people.js';
import { SignIn002 } from './002-sign-in.js';
import { MailsAndLog003 } from './003-mails-and-log.js';
import { CasesAndInvitations004 } from './004-cases-and-invitations.js';
import { IpRestriction005 } from './005-ip-restriction.js';
import { OneModel006 } from './006-one-model.js';
import { NetworksOfFlows007 } from './007-networks-of-flows.js';
import { NewsOfAdministrators008 } from './008-news-of-administrators.js';
import { ProofLevels009 } from './009-proof-levels.js';
import { MailOrder010 } from './010-mail-order.js';
import { JobRunners011 } from './011-job-runners.js';
import { LogInMonths012 } from './012-log-in-months.js';
import { OperatorsAndKeys013 } from './013-operators-and-keys.js';
import { SmallerAndHot014 } from './014-smaller-and-hot.js';
import { AnswersAndDomains016 } from './016-answers-and-domains.js';
import { SecondDecision017 } from './017-second-decision.js';
import { DeniedApplications020 } from './020-denied-applications.js';
import { ActedSubmissions022 } from './022-acted-submissions.js';
import { FrozenByDesk023 } from './023-frozen-by-desk.js';
import { Departments024 } from './024-departments.js';
import { DeskActs025 } from './025-desk-acts.js';
import { SharedMailboxes026 } from './026-shared-mailboxes.js';
import { MailTurns027 } from './027-mail-turns.js';
import { KeptQuestions028 } from './028-kept-questions.js';
import { EndedSessions029 } from './029-ended-sessions.js';
import { DemoResets030 } from './030-demo-resets.js';
import { Invoices031 } from './031-invoices.js';
import { SecondFactors032 } from './032-second-factors.js';
import { SecondFactorPolicies033 } from './033-second-factor-policies.js';
import { LostFactors034 } from './034-lost-factors.js';
import { BouncedMails035 } from './035-bounced-mails.js';
import { DeskSignIn036 } from './036-desk-sign-in.js';
import { DeskSearch037 } from './037-desk-search.js';
import { PagesOfTheLog038 } from './038-pages-of-the-log.js';
import { LostFactorRequests039 } from './039-lost-factor-requests.js';
import { MailsThatCameBack040 } from './040-mails-that-came-back.js';
import { DeskSignInsByBrowser041 } from './041-desk-sign-ins-by-browser.js';
import { DeskCases042 } from './042-desk-cases.js';
import { EndedRemovals043 } from './043-ended-removals.js';
import { DeskImports044 } from './044-desk-imports.js';
import { OperatorContents045 } from './045-operator-contents.js';
import { DeskBrowsers046 } from './046-desk-browsers.js';
import { WhoAsksAndWhoDecided047 } from './047-who-asks-and-who-decided.js';
import { SealsOfTheLog048 } from './048-seals-of-the-log.js';
import { NewsOfLogExports049 } from './049-news-of-log-exports.js';
import { GrantedApplications050 } from './050-granted-applications.js';
import { RecoveriesByAsker051 } from './051-recoveries-by-asker.js';
import { VariantsOfKanji053 } from './053-variants-of-kanji.js';
import { LogOfTargets054 } from './054-log-of-targets.js';
import { SecondWords055 } from './055-second-words.js';
import { StoppedRemovals057 } from './057-stopped-removals.js';
import { WhatAFactorWasGivenFor059 } from './059-what-a-factor-was-given-for.js';
import { RefusedRequests060 } from './060-refused-requests.js';
import { TurnsOfMails061 } from './061-turns-of-mails.js';
import { WhatADeskFactorWasGivenFor062 } from './062-what-a-desk-factor-was-given-for.js';
import { WordsEndWithTheirCase063 } from './063-words-end-with-their-case.js';
import { ChangesOfFactors067 } from './067-changes-of-factors.js';
import { FormsThatComeAgain068 } from './068-forms-that-come-again.js';
import { FormsOfAVisit069 } from './069-forms-of-a-visit.js';
import { NamesOfCompanies070 } from './070-names-of-companies.js';
import { MailsOfTheirCase071 } from './071-mails-of-their-case.js';
import { EndsOfCases072 } from './072-ends-of-cases.js';
import { DomainsInOneForm073 } from './073-domains-in-one-form.js';
import { ReasonsOfConfirmations075 } from './075-reasons-of-confirmations.js';
import { RefusalsAndEndedInvitations076 } from './076-refusals-and-ended-invitations.js';
import { Functions } from './functions.js';

/** In the order in which they run; a migration that was released is never edited. */
export const migrations = [
  CompaniesAndPeople001,
  SignIn002,
  MailsAndLog003,
  CasesAndInvitations004,
  IpRestriction005,
  OneModel006,
  NetworksOfFlows007,
  NewsOfAdministrators008,
  ProofLevels009,
  MailOrder010,
  JobRunners011,
  LogInMonths012,
  OperatorsAndKeys013,
  SmallerAndHot014,
  AnswersAndDomains016,
  SecondDecision017,
  DeniedApplications020,
  ActedSubmissions022,
  FrozenByDesk023,
  Departments024,
  DeskActs025,
  SharedMailboxes026,
  MailTurns027,
  KeptQuestions028,
  EndedSessions029,
  DemoResets030,
  Invoices031,
  SecondFactors032,
  SecondFactorPolicies033,
  LostFactors034,
  BouncedMails035,
  DeskSignIn036,
  DeskSearch037,
  PagesOfTheLog038,
  LostFactorRequests039,
  MailsThatCameBack040,
  DeskSignInsByBrowser041,
  DeskCases042,
  EndedRemovals043,
  DeskImports044,
  OperatorContents045,
  DeskBrowsers046,
  WhoAsksAndWhoDecided047,
  SealsOfTheLog048,
  NewsOfLogExports049,
  GrantedApplications050,
  RecoveriesByAsker051,
  VariantsOfKanji053,
  LogOfTargets054,
  SecondWords055,
  StoppedRemovals057,
  WhatAFactorWasGivenFor059,
  RefusedRequests060,
  TurnsOfMails061,
  WhatADeskFactorWasGivenFor062,
  WordsEndWithTheirCase063,
  ChangesOfFactors067,
  FormsThatComeAgain068,
  FormsOfAVisit069,
  NamesOfCompanies070,
  MailsOfTheirCase071,
  EndsOfCases072,
  DomainsInOneForm073,
  ReasonsOfConfirmations075,
  RefusalsAndEndedInvitations076,
  Functions,
].map((migration) => ({ name: new migration(undefined!, undefined!).name!, class: migration }));
