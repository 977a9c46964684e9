"LFE's lfe_env: environments, in which variables, functions, macros and records are looked up by name.

An environment is `#(env variables functions records)`, of three maps. The functions of a name are `#(function definitions)`,
one for each arity; its macro is `#(macro definition)`, and hides the functions, as they hide it."

(import xrepl.dialect.data [Atom NIL elements]
        xrepl.dialect.environment [ENV]
        xrepl.lang.erlang [lists maps])

(setv __lfe_module__ "lfe_env"
      FUNCTION (Atom "function")
      MACRO (Atom "macro")
      YES (Atom "yes")
      NO (Atom "no")
      ABSENT (object))

(defn held [environment part]
  "Give one of the maps of an environment: 1 has variables, 2 functions and macros, 3 records."
  (get environment part))

(defn changed [environment part names]
  "Give an environment with another map in one place."
  #(#* (cut environment part) names #* (cut environment (+ part 1) None)))

(defn found [environment part name]
  (maps.get/3 name (held environment part) ABSENT))

(defn bound [environment part name value]
  (changed environment part (maps.put/3 name value (held environment part))))

(defn answer [value]
  (if (is value ABSENT) NO #(YES value)))

(defn of-kind [environment name kind]
  "Give what a name has among functions and macros, if it is of this kind."
  (setv value (found environment 2 name))
  (if (and (is-not value ABSENT) (is (get value 0) kind)) (get value 1) ABSENT))

;; --- whole environments

(defn new/0 []
  "Give an environment without names."
  #(ENV {} {} {}))

(defn add_env/2 [first second]
  "Put two environments together; where both have a name, the first one's holds."
  #(ENV #* (gfor part [1 2 3] (maps.merge/2 (held second part) (held first part)))))

;; --- variables

(defn get_vars/1 [environment]
  "Give the map of variables."
  (held environment 1))

(defn set_vars/2 [names environment]
  "Put another map of variables in."
  (changed environment 1 names))

(defn clr_vars/1 [environment]
  "Give an environment without its variables."
  (changed environment 1 {}))

(defn fold_vars/3 [f start environment]
  "Fold over the variables: the function takes name, value and what there is so far."
  (maps.fold/3 f start (held environment 1)))

(defn add_vbinding/3 [name value environment]
  "Bind a variable."
  (bound environment 1 name value))

(defn add_vbindings/2 [pairs environment]
  "Bind variables: pairs of name and value."
  (for [[name value] (elements pairs)]
    (setv environment (add_vbinding/3 name value environment)))
  environment)

(defn is_vbound/2 [name environment]
  "Say whether a variable is bound."
  (is-not (found environment 1 name) ABSENT))

(defn get_vbinding/2 [name environment]
  "Give a variable's value: `#(yes value)` or `no`."
  (answer (found environment 1 name)))

(defn fetch_vbinding/2 [name environment]
  "Give the value of a variable that is bound."
  (maps.get/2 name (held environment 1)))

(defn del_vbinding/2 [name environment]
  "Forget a variable."
  (changed environment 1 (maps.remove/2 name (held environment 1))))

;; --- functions

(defn get_funs/1 [environment]
  "Give the map of functions and macros."
  (held environment 2))

(defn set_funs/2 [names environment]
  "Put another map of functions and macros in."
  (changed environment 2 names))

(defn clr_funs/1 [environment]
  "Give an environment without its functions and macros."
  (changed environment 2 {}))

(defn add-definition [name definition environment]
  "Bind a function; `definition` begins with its arity."
  (setv known (of-kind environment name FUNCTION)
        others (if (is known ABSENT) NIL known))
  (bound environment 2 name #(FUNCTION (lists.keystore/4 (get definition 0) 1 others definition))))

(defn add_fbinding/4 [name arity definition environment]
  "Bind a function of an arity."
  (add-definition name #(arity definition) environment))

(defn add_fbindings/2 [functions environment]
  "Bind functions: `#(name arity definition)`."
  (for [[name arity definition] (elements functions)]
    (setv environment (add_fbinding/4 name arity definition environment)))
  environment)

(defn add_ibinding/5 [module remote arity name environment]
  "Bind a name to another module's function."
  (add-definition name #(arity module remote) environment))

(defn definition-of [name arity environment]
  (setv known (of-kind environment name FUNCTION))
  (if (is known ABSENT) False (lists.keyfind/3 arity 1 known)))

(defn is_fbound/3 [name arity environment]
  "Say whether a function of an arity is bound."
  (is-not (definition-of name arity environment) False))

(defn get_fbinding/3 [name arity environment]
  "Give a function: `#(yes definition)`, `#(yes module name)` or `no`."
  (setv known (definition-of name arity environment))
  (if (is known False) NO #(YES #* (cut known 1 None))))

(defn fold_funs/3 [f start environment]
  "Fold over the functions: `f` takes name, arity, definition and what there is so far."
  (for [[name [kind definitions]] (maps.sorted-pairs (held environment 2))]
    (when (is kind FUNCTION)
      (for [definition (elements definitions)]
        (setv start (f name (get definition 0) (get definition 1) start)))))
  start)

;; --- macros

(defn add_mbinding/3 [name definition environment]
  "Bind a macro."
  (bound environment 2 name #(MACRO definition)))

(defn add_mbindings/2 [pairs environment]
  "Bind macros: pairs of name and definition."
  (for [[name definition] (elements pairs)]
    (setv environment (add_mbinding/3 name definition environment)))
  environment)

(defn is_mbound/2 [name environment]
  "Say whether a name is a macro's."
  (is-not (of-kind environment name MACRO) ABSENT))

(defn get_mbinding/2 [name environment]
  "Give a macro: `#(yes definition)` or `no`."
  (answer (of-kind environment name MACRO)))

(defn fold_macros/3 [f start environment]
  "Fold over the macros: the function takes name, definition and what there is so far."
  (for [[name [kind definition]] (maps.sorted-pairs (held environment 2))]
    (when (is kind MACRO)
      (setv start (f name definition start))))
  start)

;; --- records

(defn get_recs/1 [environment]
  "Give the map of records."
  (held environment 3))

(defn set_recs/2 [names environment]
  "Put another map of records in."
  (changed environment 3 names))

(defn clr_recs/1 [environment]
  "Give an environment without its records."
  (changed environment 3 {}))

(defn fold_recs/3 [f start environment]
  "Fold over the records: the function takes name, fields and what there is so far."
  (maps.fold/3 f start (held environment 3)))

(defn add_record/3 [name fields environment]
  "Bind a record."
  (bound environment 3 name fields))

(defn get_record/2 [name environment]
  "Give a record's fields: `#(yes fields)` or `no`."
  (answer (found environment 3 name)))
