#!/usr/bin/env bash
# Draws the pages in this folder anew from a fresh demo: make examples
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d) port=${PORT:-8765}
.venv/bin/vls demo --port "$port" --data-dir "$folder/data" > "$folder/links" & demo=$!
trap 'kill $demo; wait $demo || true; rm -rf "$folder"' EXIT
until grep -q "Ctrl-C" "$folder/links"; do kill -0 $demo; sleep 0.5; done
page() { curl -sf -o "$folder/$1.pdf" "$(grep -F "$2" "$folder/links" | grep -o 'http.*')"; pdftoppm -r 80 -png "$folder/$1.pdf" "docs/examples/$1"; }
rm -f docs/examples/*.png
page room "room data report"
page readiness "readiness report"
