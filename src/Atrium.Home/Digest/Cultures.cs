using System.Globalization;

namespace Atrium.Home;

/// <summary>Cultures by BCP 47 name; an unknown one is English.</summary>
internal static class Cultures
{
    public static CultureInfo Find(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }
}
