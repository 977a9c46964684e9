"Shell functions that show pictures: charts as text, images in terminals that can.

The chart is drawn by plotext, which is optional.  An image goes to the client, whose terminal shows it."

(import io
        os
        sys
        xrepl.dialect [host]
        xrepl.dialect.data [Atom]
        xrepl.dialect.interop [to-python]
        xrepl.dialect.raising [error]
        xrepl.errors [XreplError])

(setv HELP ["Pictures"
            "(plot numbers) -- draw a line chart"
            "(plot pairs) -- draw a bar chart of #(label number)"
            "(show x) -- show a PNG or SVG: a file, bytes, or an object that can draw itself"]
      OK (Atom "ok")
      WIDTH 72
      HEIGHT 16
      PNG (bytes [0x89 0x50 0x4e 0x47]))

(defn plotext []
  "Give the library that draws charts, with an empty one."
  (try
    (import plotext)
    (except [ImportError]
      (raise (XreplError "plot needs the package plotext" "install xrepl[pictures]"))))
  (.clear-figure plotext)
  (.theme plotext "clear")
  (.plotsize plotext WIDTH HEIGHT)
  plotext)

(defn number? [value]
  (and (isinstance value #(int float)) (not (isinstance value bool))))

(defn pair? [value]
  (and (isinstance value tuple) (= (len value) 2) (number? (get value 1))))

(defn label [value]
  (if (isinstance value bytes) (.decode value "utf-8" "replace") (str value)))

(defn plot/1 [values]
  "Draw numbers as a line, pairs of a label and a number as bars."
  (setv values (to-python values)
        values (if (isinstance values str) (list (map ord values)) (list values)))
  (cond (not values) (raise (error (Atom "badarg")))
        (all (map number? values)) (do (setv chart (plotext)) (.plot chart values :marker "braille"))
        (all (map pair? values)) (do (setv chart (plotext))
                                     (.bar chart (lfor #(name _) values (label name)) (lfor #(_ n) values n) :width 0.6))
        True (raise (error (Atom "badarg"))))
  (.write sys.stdout (.replace (.build chart) "\x1b[0m" ""))
  OK)

(defn picture [value]
  "Give the bytes of a picture."
  (cond (isinstance value bytes) value
        (isinstance value str) (with [file (open (os.path.expanduser value) "rb")] (.read file))
        (callable (getattr value "_repr_png_" None)) (._repr-png_ value)
        (callable (getattr value "_repr_svg_" None)) (.encode (._repr-svg_ value))
        (callable (getattr value "savefig" None)) (do (setv written (io.BytesIO))
                                                      (.savefig value written :format "png")
                                                      (.getvalue written))
        True (raise (error (Atom "badarg")))))

(defn show/1 [value]
  "Show a picture at the client's terminal."
  (setv data (picture (to-python value)))
  (when (not (and data (or (.startswith data PNG) (in (bytes [60 115 118 103]) (cut data 4096)))))
    (raise (error (Atom "badarg"))))
  (host.call "picture" :data data)
  OK)
