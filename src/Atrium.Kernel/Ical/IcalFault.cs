namespace Atrium.Kernel.Ical;

/// <summary>What was sent is no iCalendar stream (RFC 5545, 3.4), and why.</summary>
public sealed class IcalFault(string message) : Exception(message);
