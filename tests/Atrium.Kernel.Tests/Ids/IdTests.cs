using System.Text.Json;
using CsCheck;

namespace Atrium.Kernel.Tests.Ids;

public class IdTests
{
    [Fact]
    public async Task Ids_made_in_parallel_are_distinct_and_each_thread_sees_them_grow()
    {
        var lots = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 20_000).Select(_ => Id<Member>.New()).ToArray())));
        foreach (var lot in lots) Assert.Equal(lot.Order(), lot);
        Assert.Equal(160_000, lots.SelectMany(l => l).Distinct().Count());
    }

    [Fact]
    public void An_id_tells_when_it_was_made()
    {
        var before = TimeProvider.System.GetUtcNow();
        Assert.InRange(Id<Member>.New().MadeAt, before.AddSeconds(-1), before.AddMinutes(2));
    }

    [Fact]
    public void In_json_an_id_is_a_decimal_string() => Gen.Long[0, long.MaxValue].Sample(value =>
    {
        var id = new Id<Member>(value);
        var json = JsonSerializer.Serialize(id);
        Assert.Equal($"\"{value}\"", json);
        Assert.Equal(id, JsonSerializer.Deserialize<Id<Member>>(json));
    });

    [Theory]
    [InlineData("\"-1\"")]
    [InlineData("\"x\"")]
    [InlineData("1.5")]
    [InlineData("true")]
    public void What_is_no_id_is_not_read_as_one(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Id<Member>>(json));
}
