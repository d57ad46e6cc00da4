using Atrium.Kernel.Text;

namespace Atrium.Kernel.Tests;

/// <summary>How the host of an address is shown.</summary>
public sealed class HostNameTests
{
    [Theory]
    [InlineData("example.org", "example.org", false)]
    [InlineData("example.org:8443", "example.org:8443", false)]
    [InlineData("münchen.example", "münchen.example", false)]
    [InlineData("xn--mnchen-3ya.example", "münchen.example", false)]
    [InlineData("xn--mnchen-3ya.example:444", "münchen.example:444", false)]
    [InlineData("почта.example", "почта.example", false)]
    [InlineData("日本語とかな.example", "日本語とかな.example", false)]
    [InlineData("web小説.example", "web小説.example", false)]
    [InlineData("аpple.example", "xn--pple-43d.example", true)]
    [InlineData("xn--pple-43d.example", "xn--pple-43d.example", true)]
    [InlineData("ραypal.example", "xn--ypal-zld9g.example", true)]
    public void A_host_is_shown_in_its_own_script_unless_it_mixes_several(string host, string shown, bool mixed) => Assert.Equal((shown, mixed), HostName.Of(host));

    [Fact]
    public void A_link_from_elsewhere_names_the_host_it_leads_to()
    {
        var html = Markup.CleanHtml("<p><a href=\"https://аpple.example/\"><span class=\"invisible\">https://</span><span>аpple.example</span></a> and <a href=\"https://good.example/\" title=\"Good\">аpple.example</a></p>").Html.Value;
        Assert.Contains("<span>xn--pple-43d.example</span>", html, StringComparison.Ordinal);
        Assert.Contains($"title=\"{HostName.Warning}\"", html, StringComparison.Ordinal);
        Assert.Contains("title=\"Good\"", html, StringComparison.Ordinal);
    }
}
