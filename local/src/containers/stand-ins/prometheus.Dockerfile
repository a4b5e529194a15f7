FROM localhost/stellartrain-stand-in/debian-node
COPY bin/ /usr/local/bin/
RUN mkdir /prometheus && chown nobody /prometheus
VOLUME /prometheus
ENTRYPOINT ["prometheus"]
