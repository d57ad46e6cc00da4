namespace Atrium.Web;

/// <summary>How much of an instant is said.</summary>
public enum WhenStyle
{
    /// <summary>“now”, “5 min”, “2 h”; from a day on, the day.</summary>
    Ago,

    /// <summary>“Today”, “Fri 27 Nov”.</summary>
    Day,

    /// <summary>“14:30”.</summary>
    Time,

    /// <summary>“Today, 14:30”.</summary>
    Moment,
}
