using System.Buffers.Text;
using System.Text;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Text;

public sealed class RouteTextTests
{
    [Theory]
    [InlineData("a/b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("~7")]
    [InlineData("José/1")]
    [InlineData("a%2Fb")]
    public void A_Call_s_Id_That_Can_t_Stand_In_A_Path_Is_Read_From_Its_Base64(string callId) =>
        RouteText.CallIdOf("~" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(callId))).ShouldBe(callId);

    [Theory]
    [InlineData("c-1001", "c-1001")]
    [InlineData("1772464500.7", "1772464500.7")]
    [InlineData("c-1001~2", "c-1001~2")]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("~not base64", "~not base64")]
    [InlineData("~_w", "~_w")]
    public void Any_Other_Id_Stands_As_It_Is(string part, string callId) =>
        RouteText.CallIdOf(part).ShouldBe(callId);
}
