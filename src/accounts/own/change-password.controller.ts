import { Controller, Get } from '@nestjs/common';
import { Public } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';

/** Password managers look for the page here: https://w3c.github.io/webappsec-change-password-url/ */
@Controller('.well-known/change-password')
@Public()
export class ChangePasswordController {
  @Get()
  lead(): Answer {
    return seeOther('/me/password');
  }
}
