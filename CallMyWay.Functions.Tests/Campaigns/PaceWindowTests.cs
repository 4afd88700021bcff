using CallMyWay.Functions.Campaigns;

namespace CallMyWay.Functions.Tests.Campaigns;

public sealed class PaceWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Room_Comes_Back_A_Minute_After_Each_Dial_And_Not_With_The_Clocks_Minute()
    {
        var window = new PaceWindow();
        for (var i = 0; i < 3; i++)
        {
            window = window.At(Noon.AddSeconds(50 + i)).With("a");
        }

        window.At(Noon.AddSeconds(61)).RoomFor("a", 3, 100).ShouldBe(0);
        window.At(Noon.AddSeconds(50) + PaceWindow.Length).RoomFor("a", 3, 100).ShouldBe(1);
        window.At(Noon.AddSeconds(52) + PaceWindow.Length).RoomFor("a", 3, 100).ShouldBe(3);
    }

    [Fact]
    public void All_Campaigns_Share_What_Was_Agreed()
    {
        var window = new PaceWindow().At(Noon).With("a").With("a").With("b");

        window.At(Noon.AddSeconds(1)).RoomFor("b", 5, 4).ShouldBe(1);
        window.At(Noon.AddSeconds(1)).RoomFor("a", 2, 10).ShouldBe(0);
        window.At(Noon.AddSeconds(1)).RoomFor("c", 5, 3).ShouldBe(0);
    }

    [Fact]
    public void A_Clock_That_Is_Set_Back_Gives_No_New_Room_And_Blocks_For_A_Minute_At_Most()
    {
        var window = new PaceWindow().At(Noon).With("a").With("a");

        var back = window.At(Noon.AddHours(-1));
        back.RoomFor("a", 2, 10).ShouldBe(0);
        back.At(Noon.AddHours(-1) + PaceWindow.Length - TimeSpan.FromSeconds(1)).RoomFor("a", 2, 10).ShouldBe(0);
        back.At(Noon.AddHours(-1) + PaceWindow.Length).RoomFor("a", 2, 10).ShouldBe(2);
    }
}
