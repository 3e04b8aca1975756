import { Module } from '@nestjs/common';
import { KeyRotation } from './key-rotation.js';

/** The change of `SECRET_KEY`. */
@Module({ providers: [KeyRotation], exports: [KeyRotation] })
export class KeysModule {}
