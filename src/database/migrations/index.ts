import { Clock001 } from './001-clock.js';
import { Corporations002 } from './002-corporations.js';
import { Accounts003 } from './003-accounts.js';
import { UsableAdministrator004 } from './004-usable-administrator.js';
import { Counters005 } from './005-counters.js';
import { SignIn006 } from './006-sign-in.js';
import { Enrollments007 } from './007-enrollments.js';
import { Mail008 } from './008-mail.js';
import { Audit009 } from './009-audit.js';
import { Flows010 } from './010-flows.js';
import { DemoMails011 } from './011-demo-mails.js';
import { Recoveries012 } from './012-recoveries.js';
import { Rights013 } from './013-rights.js';
import { Succession014 } from './014-succession.js';
import { Members015 } from './015-members.js';
import { People016 } from './016-people.js';
import { PeopleReviews017 } from './017-people-reviews.js';
import { OwnAccount018 } from './018-own-account.js';
import { Environments019 } from './019-environments.js';
import { IpRestriction020 } from './020-ip-restriction.js';
import { IpAccess022 } from './022-ip-access.js';
import { IpEnds023 } from './023-ip-ends.js';

/** In the order in which they run; a migration that was released is never edited. */
export const migrations = [
  Clock001,
  Corporations002,
  Accounts003,
  UsableAdministrator004,
  Counters005,
  SignIn006,
  Enrollments007,
  Mail008,
  Audit009,
  Flows010,
  DemoMails011,
  Recoveries012,
  Rights013,
  Succession014,
  Members015,
  People016,
  PeopleReviews017,
  OwnAccount018,
  Environments019,
  IpRestriction020,
  IpAccess022,
  IpEnds023,
].map((migration) => ({ name: new migration(undefined!, undefined!).name!, class: migration }));
