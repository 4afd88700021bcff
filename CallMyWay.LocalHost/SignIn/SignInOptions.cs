using System.ComponentModel.DataAnnotations;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>Limits for password guessing: the section <c>SignIn</c> of the settings.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>
    /// How many failures in a row lock an account from one address, or from one browser that has signed in before.
    /// </summary>
    [Range(1, 100, ErrorMessage = "SignIn:FailuresPerAccountAndAddress must be between 1 and 100.")]
    public int FailuresPerAccountAndAddress { get; set; } = 5;

    /// <summary>How many failures lock an account from all addresses where it has never signed in.</summary>
    [Range(1, 1_000, ErrorMessage = "SignIn:FailuresPerAccount must be between 1 and 1000.")]
    public int FailuresPerAccount { get; set; } = 20;

    /// <summary>
    /// How many failures lock an address for all accounts that have never signed in there. An office shares an address.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "SignIn:FailuresPerAddress must be between 1 and 10000.")]
    public int FailuresPerAddress { get; set; } = 50;

    /// <summary>The first lock. It doubles with each further failure.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "SignIn:FirstLock must be between 00:00:01 and 01:00:00.")]
    public TimeSpan FirstLock { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The longest lock of an account. It is short, so that an attacker can't keep the agent out for long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00", ErrorMessage = "SignIn:LongestAccountLock must be between 00:00:01 and 12:00:00.")]
    public TimeSpan LongestAccountLock { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest lock of an address, for accounts that have never signed in there.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00", ErrorMessage = "SignIn:LongestAddressLock must be between 00:00:01 and 12:00:00.")]
    public TimeSpan LongestAddressLock { get; set; } = TimeSpan.FromMinutes(5);
}
