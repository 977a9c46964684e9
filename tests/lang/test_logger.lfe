;; Erlang's logger, as used at the prompt: nothing is printed there.

;;; Every level answers ok
(logger:error "x ~p" '(1))
;=> ok
(logger:warning "w")
;=> ok
(logger:notice #M(a 1))
;=> ok
(logger:info "x ~p" '(1))
;=> ok
(logger:debug "x")
;=> ok

;;; Levels are compared and set
(logger:compare_levels 'error 'info)
;=> gt
(logger:set_primary_config 'level 'info)
;=> ok
(maps:get 'level (logger:get_primary_config))
;=> info
(logger:set_primary_config 'level 'notice)
;=> ok
(logger:get_handler_ids)
;=> (default)
