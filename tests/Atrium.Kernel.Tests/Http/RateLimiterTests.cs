using System.Net;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Atrium.Kernel.Tests;

public sealed class RateLimiterTests
{
    private readonly FakeTimeProvider _clock = new(new(2031, 3, 3, 12, 1, 0, TimeSpan.Zero));

    [Fact]
    public void A_window_is_full_after_its_requests_and_empty_again_when_it_is_over()
    {
        var limiter = Limiter(("RateLimits:Token", "2/5"));
        Assert.Equal([1, 0, -1], Enumerable.Range(0, 3).Select(_ => limiter.Count(RateRule.Token, "ada").Left));
        Assert.Equal(TimeSpan.FromMinutes(4), limiter.Left(RateRule.Token, "ada").Reset);
        Assert.Equal(1, limiter.Count(RateRule.Token, "ben").Left);
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(2, limiter.Left(RateRule.Token, "ada").Left);
        Assert.Equal(1, limiter.Count(RateRule.Token, "ada").Left);
    }

    [Theory]
    [InlineData(null, null, 300)]
    [InlineData("7", null, 7)]
    [InlineData("0", null, 0)]
    [InlineData(null, "false", 0)]
    [InlineData("7", "false", 7)]
    public void A_house_sets_its_own(string? token, string? on, int limit) => Assert.Equal(limit, Limiter(("RateLimits:Token", token), ("RateLimits:On", on)).Count(RateRule.Token, "ada").Limit);

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("5/0")]
    [InlineData("5/5/5")]
    [InlineData("5/99999999")]
    public void What_is_no_limit_is_said_so_before_anybody_asks(string set) =>
        Assert.Equal($"RateLimits:Token is “{set}”. It is a number of requests, such as 300, or of requests and minutes, such as 300/15.", Fault("RateLimits:Token", set));

    [Fact]
    public void A_limit_that_is_none_of_the_house_s_is_said_too()
    {
        Assert.StartsWith("RateLimits:Tokn is no limit that is known. There are Read, Write,", Fault("RateLimits:Tokn", "300"), StringComparison.Ordinal);
        Assert.Equal("RateLimits:On is “perhaps”. It is true or false.", Fault("RateLimits:On", "perhaps"));
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    public void A_line_is_one_caller_however_many_addresses_it_has(string address, string caller)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        Assert.Equal(caller, RateLimiter.AddressOf(context));
    }

    private string Fault(string key, string set) => Assert.Throws<CannotStart>(() => Limiter((key, set))).Message;

    private RateLimiter Limiter(params (string Key, string? Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build(), _clock);
}
