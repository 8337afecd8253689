"""Pure presentation: a frozen report value in; PDF, SVG, PNG, JSON or CSV out."""
