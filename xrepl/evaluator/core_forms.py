"""The language's core forms as a prompt tells about them: how each is written, and what it is for.

Data only.  What the forms do is in `xrepl/dialect/`; a test sees to it that none is missing.
"""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
(: module function argument ...) | Call a module's function.
(? [milliseconds [default]]) | The next message, whatever it is; when none comes in time, the default.
(and test ...) | True if all tests are; all are evaluated.
(andalso test ...) | True if all tests are; stops at the first that is not.
(backquote form) | Data in which (comma form) is evaluated.
(bc (qualifier ...) body ...) | A binary comprehension.
(begin body ...) | Evaluate one form after the other.
(binary segment ...) | A binary, made or matched segment by segment.
(binary-comp (qualifier ...) body ...) | A binary comprehension.
(call module function argument ...) | Call a function whose names are computed.
(case value (pattern body ...) ...) | The body of the first pattern that matches.
(catch body ...) | The value, or what was thrown, or #(EXIT reason).
(cond (test body ...) ...) | The body of the first test that is true.
(cons head tail) | A list of a first element and the rest.
(dbg-ms clause ...) | A match specification for tracing.
(define-function name lambda-or-match-lambda) | Define a function.
(define-function-spec function spec) | Describe a function's types: what defspec expands to.
(define-macro name lambda-or-match-lambda) | Define a macro.
(define-module name meta attributes) | Begin a module: what defmodule expands to.
(define-opaque-type name definition) | Describe a private type: what defopaque expands to.
(define-record name (field ...)) | Define a record without its macros.
(define-struct (field ...)) | Define the structure of a module: what defstruct expands to.
(define-type name definition) | Describe a type: what deftype expands to.
(defmacro name (argument ...) body ...) | Define a macro.
(defmodule name (export (function arity) ...)) | Begin a module.
(defopaque name definition) | Describe a type whose structure is private; nothing is checked.
(defrecord name field ...) | Define a record: its functions and macros.
(defspec name (arguments result) ...) | Describe a function's types; nothing is checked.
(defstruct field ...) | Define the structure of a module.
(deftype name definition) | Describe a type; nothing is checked.
(defun name (argument ...) ["doc"] body ...) | Define a function; or (defun name ((pattern ...) body ...) ...).
(do ((variable init step) ...) (test value) body ...) | Loop until the test is true.
(ets-ms clause ...) | A match specification for tables.
(eval-when-compile body ...) | Evaluate now, and keep the definitions for macros.
(extend-module name-parts forms) | Add to a module.
(flet ((name (argument ...) body ...) ...) body ...) | Local functions.
(flet* ((name (argument ...) body ...) ...) body ...) | Local functions, each seeing those before it.
(fletrec ((name (argument ...) body ...) ...) body ...) | Local functions that see each other.
(fun name arity) | A function as a value.
(funcall function argument ...) | Call a function that is a value.
(function name arity) | A function as a value; or (function module name arity).
(if test then else) | One of two values; without else it is false.
(include-file file) | Evaluate a file's definitions here.
(include-lib file) | Evaluate the definitions of a library's file here.
(is-record form name) | True for a record of this name.
(is-struct form [name]) | True for a struct, of this name if one is given.
(lambda (argument ...) body ...) | A function without a name.
(lc (qualifier ...) body ...) | A list comprehension.
(let ((pattern value) ...) body ...) | Local variables.
(let* ((pattern value) ...) body ...) | Local variables, each seeing those before it.
(let-function ((name lambda) ...) body ...) | Local functions.
(let-macro ((name lambda) ...) body ...) | Local macros.
(letrec-function ((name lambda) ...) body ...) | Local functions that see each other.
(LINE) | The line of its file that the form is in.
(list item ...) | A list.
(list* item ... tail) | A list with the last argument as its tail.
(list-comp (qualifier ...) body ...) | A list comprehension.
(macrolet ((name (argument ...) body ...) ...) body ...) | Local macros.
(make-record name field value ...) | A record; the same as record.
(map key value ...) | A map.
(map-get map key) | A key's value.
(map-remove map key ...) | A map without some keys.
(map-set map key value ...) | A map with keys set.
(map-size map) | How many keys a map has.
(map-update map key value ...) | A map with keys, which must be there, set.
(match-lambda ((pattern ...) body ...) ...) | A function without a name, by patterns.
(match-spec clause ...) | A match specification for tables.
(maybe body ... [(else ((pattern) body ...) ...)]) | Ends at the first (?= pattern form) that does not match.
(MODULE) | The name of the module that the form is in.
(mref map key) | A key's value.
(mrem map key ...) | A map without some keys.
(mset map key value ...) | A map with keys set.
(msiz map) | How many keys a map has.
(mupd map key value ...) | A map with keys, which must be there, set.
(or test ...) | True if one of the tests is; all are evaluated.
(orelse test ...) | True if one of the tests is; stops at the first that is.
(prog1 value body ...) | Evaluate all, give the first value.
(prog2 form value body ...) | Evaluate all, give the second value.
(progn body ...) | Evaluate one form after the other.
(quote form) | The form as data.
(receive (pattern body ...) ... (after milliseconds body ...)) | Wait for a message that matches.
(record name field value ...) | A record; the other fields have their defaults.
(record-field form name field) | A record's field.
(record-index name field) | A field's place in the record's tuple.
(record-update form name field value ...) | A record with other values.
(reset-environment) | Forget all variables, functions, macros and records.
(run file) | Evaluate the forms of a file.
(set pattern value) | Bind variables of the session.
(slurp file) | Take a module's functions and macros into the session.
(struct name field value ...) | A struct; the other fields have their defaults.
(struct-field form name field) | A struct's field.
(struct-update form name field value ...) | A struct with other values.
(table-ms clause ...) | A match specification for tables.
(the type value) | The value.
(trace-ms clause ...) | A match specification for tracing.
(try expression (case clause ...) (catch clause ...) (after body ...)) | Catch what fails.
(tuple item ...) | A tuple.
(unslurp) | Go back to before the last slurp.
(when test ...) | A guard, after a pattern.
"""


def _entries() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _TABLE.strip().splitlines():
        signature, _, doc = line.partition(" | ")
        name = signature[1:].split()[0].rstrip(")")
        found.setdefault(name, [name, "special-form", signature, doc])
    return found


# name: name, type, signature, first line of the documentation
CORE_FORMS: Final = _entries()
