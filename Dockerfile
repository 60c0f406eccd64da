# A Debian with what `make setup` installs, for amd64 and arm64 alike: the image of the machine's own
# processor, never an emulated one.
#
#   docker build -t firstlight . && docker run --rm -it -v "$PWD":/firstlight firstlight make run
FROM debian:13
COPY tools/build/setup.sh tools/build/packages.txt /setup/
RUN sh /setup/setup.sh
WORKDIR /firstlight
