;; Looks at data with Python's standard library: `xrepl -s data docs/examples/data.lfe docs/examples/readings.csv`.
;; With -s the session keeps rows and functions: `xrepl -s data -e '(mean "Oslo" rows)'` goes on where this ended.
(import csv statistics)

;; A function of Hy's, where Python's iterators and `with` are at home ...
(defn read-rows [file]
  (with [stream (open file)]
    (list (csv.DictReader stream))))

;; ... and functions of LFE's, for which its rows are maps in a list.
(defun celsius (city rows)
  (lc ((<- row rows) (=:= city (mref row "city")))
    (list_to_float (mref row "celsius"))))

(defun mean (city rows)
  (statistics.mean (celsius city rows)))

(defun cities (rows)
  (lists:usort (lc ((<- row rows)) (mref row "city"))))

(defun report (rows)
  (lists:foreach
    (lambda (city)
      (io:format "~-5s ~p readings, mean ~.1f~n" (list city (length (celsius city rows)) (mean city rows))))
    (cities rows)))

(set rows (read-rows (car script-args)))
(report rows)
