"""Which functions of Erlang's module erlang are called without its name, and which of them a guard may call.

Other functions of that module need `erlang:`.  The names are those of Erlang/OTP 25; nothing here is a function.
"""

from __future__ import annotations

from typing import Final

Name = tuple[str, int]


def _names(text: str) -> frozenset[Name]:
    """Read `name/arity/arity ...`."""
    found: list[Name] = []
    for word in text.split():
        name, *arities = word.split("/")
        found.extend((name, int(arity)) for arity in arities)
    return frozenset(found)


GUARD_FUNCTIONS: Final = _names(
    """
    abs/1 binary_part/2/3 bit_size/1 byte_size/1 ceil/1 element/2 float/1 floor/1 hd/1 is_atom/1 is_binary/1
    is_bitstring/1 is_boolean/1 is_float/1 is_function/1/2 is_integer/1 is_list/1 is_map/1 is_map_key/2 is_number/1
    is_pid/1 is_port/1 is_record/2/3 is_reference/1 is_tuple/1 length/1 map_get/2 map_size/1 node/0/1 round/1 self/0
    size/1 tl/1 trunc/1 tuple_size/1
    """
)
BINARY_OPERATORS: Final = frozenset(
    "+ - * / div rem band bor bxor bsl bsr and or xor == /= =:= =/= < > =< >= ++ -- !".split()
)
OPERATORS: Final = frozenset((name, 2) for name in BINARY_OPERATORS) | _names("+/1 -/1 bnot/1 not/1")
AUTO_IMPORTED: Final = (
    GUARD_FUNCTIONS
    | OPERATORS
    | _names(
        """
        alias/0/1 apply/2/3 atom_to_binary/1/2 atom_to_list/1 binary_to_atom/1/2 binary_to_existing_atom/1/2
        binary_to_float/1 binary_to_integer/1/2 binary_to_list/1/3 binary_to_term/1/2 bitstring_to_list/1
        check_old_code/1 check_process_code/2/3 date/0 delete_module/1 demonitor/1/2 disconnect_node/1 erase/0/1
        error/1/2/3 exit/1/2 float_to_binary/1/2 float_to_list/1/2 garbage_collect/0/1/2 get/0/1 get_keys/0/1
        group_leader/0/2 halt/0/1/2 integer_to_binary/1/2 integer_to_list/1/2 iolist_size/1 iolist_to_binary/1
        is_alive/0 is_process_alive/1 link/1 list_to_atom/1 list_to_binary/1 list_to_bitstring/1
        list_to_existing_atom/1 list_to_float/1 list_to_integer/1/2 list_to_pid/1 list_to_port/1 list_to_ref/1
        list_to_tuple/1 load_module/2 make_ref/0 max/2 min/2 module_loaded/1 monitor/2/3 monitor_node/2 nodes/0/1/2
        now/0 open_port/2 pid_to_list/1 port_close/1 port_command/2/3 port_connect/2 port_control/3 port_to_list/1
        pre_loaded/0 process_flag/2/3 process_info/1/2 processes/0 purge_module/1 put/2 ref_to_list/1 register/2
        registered/0 setelement/3 spawn/1/2/3/4 spawn_link/1/2/3/4 spawn_monitor/1/2/3/4 spawn_opt/2/3/4/5
        spawn_request/1/2/3/4/5 spawn_request_abandon/1 split_binary/2 statistics/1 term_to_binary/1/2
        term_to_iovec/1/2 throw/1 time/0 tuple_to_list/1 unalias/1 unlink/1 unregister/1 whereis/1
        """
    )
)
