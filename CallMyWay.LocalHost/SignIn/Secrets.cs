using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallMyWay.LocalHost.SignIn;

internal static class Secrets
{
    /// <summary>A random text of 192 bits that can be part of an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
