FROM localhost/stellartrain-stand-in/debian-node
COPY bin/ /usr/local/bin/
RUN useradd --uid 1000 --create-home ipfs && mkdir -p /data/ipfs && chown ipfs /data/ipfs
ENV IPFS_PATH=/data/ipfs
VOLUME /data/ipfs
ENTRYPOINT ["sh", "-c", "[ -e /data/ipfs/config ] || { ipfs init --profile server && ipfs config Addresses.API /ip4/0.0.0.0/tcp/5001; }; exec ipfs \"$@\"", "sh"]
CMD ["daemon", "--migrate=true"]
