import { Module } from '@nestjs/common';
import { EndingEntries } from './ends/ending-entries.js';
import { AccessController } from './refused/access.controller.js';
import { RefusedPeople } from './refused/refused-people.js';
import { AddedEntries } from './requests/added-entries.js';
import { IpRequests } from './requests/ip-requests.js';
import { RequestDecisions } from './requests/request-decisions.js';
import { RequestsController } from './requests/requests.controller.js';
import { Suspensions } from './suspensions.js';
import { EmergencyLane } from './tickets/emergency-lane.js';
import { EmergencySessions } from './tickets/emergency-sessions.js';
import { EmergencyTickets } from './tickets/emergency-tickets.js';
import { TicketRenewal } from './tickets/ticket-renewal.js';
import { TicketsController } from './tickets/tickets.controller.js';

/** What helps whom the restriction keeps out, and what warns before it does. */
@Module({
  controllers: [AccessController, RequestsController, TicketsController],
  providers: [
    AddedEntries,
    EmergencyLane,
    EmergencySessions,
    EmergencyTickets,
    EndingEntries,
    IpRequests,
    RefusedPeople,
    RequestDecisions,
    Suspensions,
    TicketRenewal,
  ],
  exports: [EndingEntries, IpRequests, TicketRenewal],
})
export class IpAccessModule {}
