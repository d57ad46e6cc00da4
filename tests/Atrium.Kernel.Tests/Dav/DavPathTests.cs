using Atrium.Kernel.Dav;
using Xunit;

namespace Atrium.Kernel.Tests.Dav;

public class DavPathTests
{
    [Theory]
    [InlineData("/dav", DavPlace.Container)]
    [InlineData("/dav/principals/users/ada/", DavPlace.Principal)]
    [InlineData("/dav/principals/users/ada/inbox/", DavPlace.Inbox)]
    [InlineData("https://example.org:8443/dav/calendars/users/ada?x=1", DavPlace.Home)]
    [InlineData("/dav/calendars/users/ada/list", DavPlace.Collection)]
    [InlineData("/dav/calendars/users/ada/list/a%2Fb%25%20%C3%A4.ics", DavPlace.Object)]
    public void Addresses_are_read(string target, DavPlace place) => Assert.Equal(place, DavPath.Parse(target)!.Place);

    [Theory]
    [InlineData("/other")]
    [InlineData("/davos/calendars")]
    [InlineData("dav/")]
    [InlineData("/dav/calendars/users/ada/list/a/b")]
    [InlineData("")]
    public void What_is_no_place_is_none(string target) => Assert.Null(DavPath.Parse(target));

    [Fact]
    public void A_name_may_hold_any_character_and_comes_back_as_it_was()
    {
        var path = DavPath.Parse(DavPath.ObjectOf("ada", "a b%", "ü/é%41?.ics"))!;
        Assert.Equal(("a b%", "ü/é%41?.ics"), (path.Collection, path.Name));
        Assert.Equal(path, DavPath.Parse(path.Href));
    }
}
