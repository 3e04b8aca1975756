import { Global, Module } from '@nestjs/common';
import { IpUses } from './ip-uses.js';

@Global()
@Module({ providers: [IpUses], exports: [IpUses] })
export class IpRestrictionModule {}
