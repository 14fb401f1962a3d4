"""Standard catalogues 基层政务公开标准目录: what each organ must publish in each area, row by row, each row proving itself."""
