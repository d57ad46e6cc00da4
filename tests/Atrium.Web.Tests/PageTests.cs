using Atrium.Testing;

namespace Atrium.Web.Tests;

public sealed class PageTests(WebHouse house, Browser browser)
{
    [Fact]
    public async Task The_kit_page_is_served()
    {
        var page = await browser.OpenAsync(house);
        await page.GotoAsync("/ui");
        Assert.Equal("The kit · Atrium", await page.TitleAsync());
    }
}
