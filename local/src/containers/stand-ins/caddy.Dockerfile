FROM localhost/stellartrain-stand-in/debian-node
COPY bin/ /usr/local/bin/
RUN ln -s busybox /usr/local/bin/wget
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
