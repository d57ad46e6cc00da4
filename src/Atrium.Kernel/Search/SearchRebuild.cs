using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Search;

/// <summary>Makes the index anew from every module's things, kind by kind, while the house runs.</summary>
public sealed class SearchRebuild(IEnumerable<ISearchSource> sources, ISearch search, KernelDb db)
{
    private const int Batch = 200;

    /// <returns>How many things were indexed.</returns>
    public async Task<long> RunAsync(Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        long count = 0;
        foreach (var source in sources)
        {
            var seen = new HashSet<long>();
            await foreach (var batch in source.AllAsync(ct).Chunk(Batch).WithCancellation(ct))
            {
                await db.WriteAsync(token => search.IndexAsync(db, batch, token), ct);
                seen.UnionWith(batch.Select(d => d.Thing.Key));
                await progress(count += batch.Length, null, source.Kind, ct);
            }

            var held = await db.Database.SqlQueryRaw<long>("SELECT key AS value FROM kernel_search WHERE kind = {0}", source.Kind).ToListAsync(ct);
            var gone = held.Where(k => !seen.Contains(k)).Select(k => new Thing(source.Kind, k)).ToList();
            await db.WriteAsync(token => search.RemoveAsync(db, gone, token), ct);
        }

        return count;
    }
}
