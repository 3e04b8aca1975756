import { Global, Module } from '@nestjs/common';
import { InvoiceProof } from './invoice-proof.js';
import { MasterDataImport } from './master-data-import.js';
import { TransferAccountDigest } from './transfer-account-digest.js';

@Global()
@Module({
  providers: [InvoiceProof, MasterDataImport, TransferAccountDigest],
  exports: [InvoiceProof, MasterDataImport, TransferAccountDigest],
})
export class CorporationsModule {}
