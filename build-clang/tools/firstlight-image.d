build-clang/tools/firstlight-image: tools/image/stages.S
