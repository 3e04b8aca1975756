// class-validator's rule for phone numbers loads this, and no form has one.
module.exports = {};
