/// Which step need not run: keys made of content, and the records that lead from a key to a layer.
///
/// ```
/// CacheKey    = SHA-256 of { v, op, inputs: LayerId*, reads: Read* }
/// Read        = path · contentDigest
/// CacheRecord = CacheKey · LayerId · created · description · what the key was made of
/// BuildCache  = CacheKey -> CacheRecord, one process at a time for each key
/// FileDigestMemo = (path, size, times, inode) -> content digest, for one build context
/// DownloadMemo = URL -> RemoteFile, for a conditional request
/// Store       = all stores of a state directory, opened and closed together
/// ```
/// It does not know what an operation is: that is JSON here. See docs/cache-keys.md.
package dev.jbuild.cache;
