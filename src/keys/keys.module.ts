import { Module } from '@nestjs/common';
import { KeyRotation } from './key-rotation.js';

@Module({ providers: [KeyRotation], exports: [KeyRotation] })
export class KeysModule {}
