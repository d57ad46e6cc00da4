using CsCheck;

namespace Atrium.Tasks.Tests;

public sealed class RankTests
{
    [Fact]
    public void A_rank_is_always_between_its_neighbours() => Gen.Int[0, 1000].List[1, 400].Sample(
        spots =>
        {
            var list = new List<string>();
            foreach (var spot in spots)
            {
                var at = spot % (list.Count + 1);
                var before = at == 0 ? null : list[at - 1];
                var after = at == list.Count ? null : list[at];
                var rank = Rank.Between(before, after);
                Assert.True(before is null || string.CompareOrdinal(before, rank) < 0, $"{before} < {rank}");
                Assert.True(after is null || string.CompareOrdinal(rank, after) < 0, $"{rank} < {after}");
                Assert.NotEqual('0', rank[^1]);
                list.Insert(at, rank);
            }
        },
        iter: 300);

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Adding_at_an_end_stays_short(int end)
    {
        var rank = Rank.Between(null, null);
        for (var i = 0; i < 100_000; i++) rank = end == 1 ? Rank.Between(rank, null) : Rank.Between(null, rank);
        Assert.True(rank.Length <= 10, rank);
    }

    [Fact]
    public void Dropping_on_one_spot_over_and_over_asks_for_a_rebalance_and_still_works()
    {
        var (low, high) = (Rank.Between(null, null), (string?)null);
        high = Rank.Between(low, null);
        var steps = 0;
        while (!Rank.IsTooLong(high))
        {
            high = Rank.Between(low, high);
            steps++;
            Assert.True(steps < 10_000);
        }

        Assert.True(steps > 20, $"{steps} steps");
    }

    [Fact]
    public void Two_who_drop_on_one_spot_seldom_make_the_same_rank()
    {
        var (low, high) = (Rank.Between(null, null), Rank.Between(Rank.Between(null, null), null));
        if (string.CompareOrdinal(low, high) >= 0) (low, high) = (high, low);
        var ranks = Enumerable.Range(0, 100).Select(_ => Rank.Between(low, high)).Distinct().Count();
        Assert.True(ranks > 50, $"{ranks} of 100");
    }

    [Fact]
    public void A_spread_is_in_order_and_short()
    {
        var ranks = Rank.Spread(10_000);
        Assert.Equal(ranks.Order(StringComparer.Ordinal), ranks);
        Assert.Equal(ranks.Count, ranks.Distinct().Count());
        Assert.All(ranks, r => Assert.Equal(7, r.Length));
    }

    [Fact]
    public void Neighbours_out_of_order_are_an_error() => Assert.Throws<ArgumentException>(() => Rank.Between("b", "a"));
}
